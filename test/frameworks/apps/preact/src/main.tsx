import 'connect-account/define.js';
import type {} from 'connect-account/preact.js';
import { render } from 'preact';
import { useState } from 'preact/hooks';
import { Accounts } from './accounts';

function App() {
  const [userId, setUserId] = useState('user_ada');
  const [route, setRoute] = useState('home');
  if (route === 'other') {
    return (
      <button id="to-home" onClick={() => setRoute('home')}>
        Accounts
      </button>
    );
  }
  return (
    <>
      <Accounts userId={userId} />
      <button id="switch-user" onClick={() => setUserId('user_bob')}>
        Second user
      </button>
      <button id="to-other" onClick={() => setRoute('other')}>
        Other page
      </button>
    </>
  );
}

render(<App />, document.querySelector('#app') as Element);
